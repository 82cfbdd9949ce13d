"""The declaration at the office: reading a draft, forms made of the keys of the language, what changes."""
