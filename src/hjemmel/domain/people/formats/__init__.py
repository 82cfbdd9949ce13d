"""Norwegian formats of personal data: text in, a checked value or a plain reason out.

One module per format, each with `parse`. Pure: standard library, phonenumbers and babel only; no Django,
no clock (callers pass `today`). What is refused is said by `Invalid`, which never repeats the value.
"""
