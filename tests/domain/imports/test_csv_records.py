import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.domain.imports.csv import records as module
from hjemmel.domain.imports.csv.records import records

CELLS = st.lists(st.text(alphabet='ab;,"\n\r æ\t\x00', max_size=6), min_size=2, max_size=4)


def read(text, *, delimiter=";", quote='"'):
    return [
        (record.line, record.cells, record.fault)
        for record in records(io.StringIO(text, newline=""), delimiter=delimiter, quote=quote)
    ]


def test_lines_are_numbered_by_where_a_record_starts():
    assert read('a;b\r\n"x\r\ny";z\n\n1;2\r3;4') == [
        (1, ["a", "b"], ""),
        (2, ["x\r\ny", "z"], ""),
        (4, [""], ""),
        (5, ["1", "2"], ""),
        (6, ["3", "4"], ""),
    ]


def test_an_open_quote_costs_its_own_line_only():
    text = 'a;"b\n' + "".join(f"{n};{n}\n" for n in range(200))

    found = read(text)

    assert found[0] == (1, ['a;"b'], "row.quotes")
    assert found[1:] == [(n + 2, [str(n), str(n)], "") for n in range(200)]


def test_an_open_quote_does_not_eat_the_quoted_lines_after_it():
    assert read('a;"b\n"c";d\n"e\nf";g\n') == [
        (1, ['a;"b'], "row.quotes"),
        (2, ["c", "d"], ""),
        (3, ["e\nf", "g"], ""),
    ]


@pytest.mark.parametrize("line", ['"a"b;c', 'a;"b" c', '"a""'])
def test_quotes_that_do_not_match_are_a_fault(line):
    assert read(f"{line}\nc;d\n")[0][2] == "row.quotes"


def test_quotes_inside_words_are_text():
    assert read('5" rør;a\n') == [(1, ['5" rør', "a"], "")]


def test_another_quote_and_delimiter():
    assert read("'a\t\"';b\n".replace(";", "\t"), delimiter="\t", quote="'") == [(1, ['a\t"', "b"], "")]


def test_an_endless_line_is_one_fault_in_bounded_memory():
    found = read("a;b\n" + "x" * 350_000 + "\nc;d\n")

    assert [(line, fault) for line, _, fault in found] == [(1, ""), (2, "row.too_long"), (3, "")]
    assert len(found[1][1][0]) == module.MAX_LINE


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_what_a_csv_writer_wrote_is_read_back(rows):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)

    assert [cells for _, cells, _ in read(file.getvalue())] == rows


@given(st.text(alphabet='ab;"\n\r', max_size=60))
def test_any_text_is_read_with_rising_line_numbers(text):
    lines = [line for line, _, _ in read(text)]

    assert lines == sorted(set(lines))
    assert sum(len(part) for _, cells, _ in read(text) for part in cells) <= len(text)
