from hjemmel.domain.imports.csv.reasons import FILE, ROW


def test_every_reason_is_three_whole_sentences():
    for code, reason in (FILE | ROW).items():
        assert all(text.endswith(".") and (text[0].isupper() or text[:3] == "utf") for text in reason), code
