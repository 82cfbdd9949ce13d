import pytest

from hjemmel.domain.imports.csv import UnusableFile, encoding

TEXT = "Fornavn;Etternavn\r\nÅse;Ødegård\r\nØystein;Sæther\r\n"


@pytest.mark.parametrize(
    ("written", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_usual_encodings_are_found_and_read_back(tmp_path, written, detected):
    path = tmp_path / "list.csv"
    path.write_bytes(TEXT.encode(written))

    assert encoding.detect(path) == detected
    with encoding.open_text(path, detected) as stream:
        assert stream.read() == TEXT


def test_the_first_letter_outside_ascii_may_be_the_last_of_a_big_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"Navn\r\n" + b"Kari\r\n" * 400_000 + "Åse".encode("cp1252"))
    assert encoding.detect(path) == "cp1252"

    path.write_bytes(b"Navn\r\n" + b"Kari\r\n" * 400_000 + "Åse".encode())
    assert encoding.detect(path) == "utf-8"


def test_a_few_broken_bytes_leave_the_rest_of_a_file_readable(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(TEXT.encode() * 10 + b"Bj\xf8rg;Lie\r\n")

    assert encoding.detect(path) == "utf-8"
    with encoding.open_text(path, "utf-8") as stream:
        assert stream.read() == TEXT * 10 + "Bj\ufffdrg;Lie\r\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\r\n", "file.empty"),
        (b"PK\x03\x04rest", "file.not_csv"),
        (b"\xd0\xcf\x11\xe0rest", "file.not_csv"),
        (b"%PDF-1.7", "file.not_csv"),
    ],
)
def test_what_is_not_text_is_refused(tmp_path, content, code):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(UnusableFile) as refused:
        encoding.detect(path)

    assert refused.value.code == code


def test_encodings_named_by_people_are_understood_or_refused():
    assert encoding.known("Windows-1252") == "cp1252"
    assert encoding.known("UTF-8") == "utf-8-sig"
    for name in ("latin-17", "ascii", "hex"):
        with pytest.raises(UnusableFile) as refused:
            encoding.known(name)
        assert (refused.value.code, refused.value.where) == ("file.encoding", name)
