"""The look: one theme, three rooms (office, my page, public) and the page kinds they share.

It knows no model and no action; the faces use its templates, tags and page objects.
"""
