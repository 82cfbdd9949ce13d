import pytest

from hjemmel.domain.imports.csv import Field, MapFile, UnusableFile, as_map_text, inspect, load_map


def write(tmp_path, text, *, encoding="utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refusal(call):
    with pytest.raises(UnusableFile) as refused:
        call()
    return refused.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoted", [True, False])
def test_delimiters_are_found(tmp_path, delimiter, quoted):
    rows = [["Fornavn", "Etternavn", "E-post"], ["Kari", "Nordli", "kari@example.org"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if quoted else cell for cell in row) for row in rows)

    layout = inspect(write(tmp_path, text))

    assert layout.delimiter == delimiter
    assert layout.headings == ("Fornavn", "Etternavn", "E-post")
    assert layout.encoding == "utf-8"


def test_commas_in_values_do_not_hide_semicolons(tmp_path):
    text = 'Navn;Adresse;Lag\n"Nordli, Kari";"Storgata 1, oppg. B, 3. etg.";Oslo\n'

    assert inspect(write(tmp_path, text)).delimiter == ";"


def test_single_quotes_and_sep_lines_are_understood(tmp_path):
    assert inspect(write(tmp_path, "'Fornavn';'Etternavn'\n'Kari';'Lie'\n")).quote == "'"
    assert inspect(write(tmp_path, "sep=|\nNavn|Lag\nKari Lie|Oslo\n")).delimiter == "|"


def test_titles_may_stand_above_the_headings(tmp_path):
    layout = inspect(write(tmp_path, "Medlemsliste 2026;;\n;;\nFornavn;Etternavn;Kommentar\nKari;Lie;\n"))

    assert layout.heading_line == 3
    assert layout.of(Field.GIVEN_NAME)[0].index == 0


def test_what_is_not_known_or_not_sure_is_told(tmp_path):
    layout = inspect(write(tmp_path, "Fornavn;Etternavn;Skostørrelse;Fødseldato;Merknad\n"))

    assert [column.heading for column in layout.unread] == ["Skostørrelse"]
    assert [column.heading for column in layout.unsure] == ["Fødseldato"]
    assert layout.mapping()["Skostørrelse"] is Field.IGNORE


def test_the_surer_of_two_columns_with_one_meaning_is_kept(tmp_path):
    layout = inspect(write(tmp_path, "Navn;Fødseldato;Fødselsdato\n"))

    assert [column.heading for column in layout.of(Field.BIRTH_DATE)] == ["Fødselsdato"]
    assert [column.heading for column in layout.unread] == ["Fødseldato"]


def test_two_equal_columns_are_refused_until_a_person_decides(tmp_path):
    path = write(tmp_path, "Navn;Født;Fødselsdato\n")
    refused = refusal(lambda: inspect(path))
    assert (refused.code, refused.where) == ("file.same_field_twice", "Født, Fødselsdato")

    layout = inspect(path, map_file=MapFile(columns={"født": Field.IGNORE}))
    assert [column.heading for column in layout.of(Field.BIRTH_DATE)] == ["Fødselsdato"]


def test_a_column_without_a_heading_of_its_own_is_named_by_number(tmp_path):
    path = write(tmp_path, "Navn;Dato;Dato\n")

    layout = inspect(path, map_file=MapFile(columns={"#2": Field.JOINED_ON, "#3": Field.LEFT_ON}))

    assert [column.field for column in layout.columns] == [Field.FULL_NAME, Field.JOINED_ON, Field.LEFT_ON]


@pytest.mark.parametrize("text", ["Kari;Lie\nOla;Vik\n", "E-post;Mobil\na@example.org;68050123\n"])
def test_a_file_without_headings_for_names_is_refused(tmp_path, text):
    assert refusal(lambda: inspect(write(tmp_path, text))).code == "file.no_headings"


def test_a_map_may_say_everything(tmp_path):
    path = write(tmp_path, "Hvem~Når\nKåre Lie~14.03.2001\n", encoding="cp865")
    map_path = tmp_path / "map.yaml"
    map_path.write_text(
        "columns: {Hvem: full_name, Når: birth_date}\nencoding: cp865\ndelimiter: '~'\n"
        "units: {Oslo vest: Oslo}\nmember_types: {Hoved: ordinary}\n",
        encoding="utf-8",
    )

    layout = inspect(path, map_file=load_map(map_path))

    assert [column.field for column in layout.columns] == [Field.FULL_NAME, Field.BIRTH_DATE]
    assert (layout.encoding, layout.delimiter) == ("cp865", "~")
    assert layout.map.units == {"Oslo vest": "Oslo"}
    assert layout.map.member_types == {"Hoved": "ordinary"}


def test_a_guess_written_as_a_map_is_read_back(tmp_path):
    layout = inspect(
        write(tmp_path, 'Fornavn;"Etter:navn";Skostørrelse;\n'),
        map_file=MapFile(columns={"Etter:navn": Field.FAMILY_NAME}),
    )
    path = tmp_path / "map.json"
    path.write_text(as_map_text(layout.mapping()), encoding="utf-8")

    assert load_map(path).columns == layout.mapping()
    assert as_map_text({}) == "columns: {}\n"


def test_json_is_a_map_too(tmp_path):
    path = tmp_path / "map.json"
    path.write_text('{"columns": {"Født": "birth_date"}, "delimiter": ";"}', encoding="utf-8")

    assert load_map(path) == MapFile(columns={"Født": Field.BIRTH_DATE}, delimiter=";")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("columns: {", "map.unreadable", "map.yaml"),
        ("columns: {a: name}\ncolumns: {}", "map.unreadable", "map.yaml"),
        ("- a", "map.unreadable", "map.yaml"),
        ("colums: {}", "map.unknown_key", "colums"),
        ("columns: [a]", "map.value", "columns"),
        ("units: {a: [b]}", "map.value", "units"),
        ("encoding: 8", "map.value", "encoding"),
        ("delimiter: ';;'", "map.value", "delimiter"),
        ("columns: {Født: birthdate}", "map.unknown_field", "Født: birthdate"),
    ],
)
def test_faulty_maps_are_refused_with_their_place(tmp_path, text, code, where):
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")

    refused = refusal(lambda: load_map(path))

    assert (refused.code, refused.where) == (code, where)
    assert refused.message.endswith(f"({where})")


def test_a_map_of_another_file_is_refused(tmp_path):
    path = write(tmp_path, "Navn;Lag\n")

    refused = refusal(
        lambda: inspect(path, map_file=MapFile(columns={"Avdeling": Field.UNIT, "#9": Field.UNIT}))
    )

    assert (refused.code, refused.where) == ("map.no_such_column", "Avdeling, #9")
