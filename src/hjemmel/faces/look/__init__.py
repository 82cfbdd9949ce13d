"""The look: one theme, three rooms (office, my page, public) and the page kinds they share.

May import the kernel's clock only; the faces use its templates, tags and page objects.
"""
