"""hjemmel statement: the privacy statement, printed from the declaration."""

import argparse

from hjemmel.declaration.render import compose, html, languages
from hjemmel.declaration.render.markdown import markdown
from hjemmel.faces.cli.declared import add_source, chosen
from hjemmel.faces.cli.frame import DONE

name = "statement"
summary = "Skriv ut personvernerklæringen fra erklæringen som gjelder, eller fra en mappe."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take language, form and where the declaration is."""
    parser.add_argument("--lang", choices=languages(), default="nb", help="språk (nb)")
    parser.add_argument("--format", choices=["html", "pdf", "md"], default="html", help="form (html)")
    parser.add_argument("--preview", action="store_true", help="ta med det som er planlagt")
    add_source(parser)
    parser.set_defaults(role=None)


def run(args: argparse.Namespace) -> int:
    """Print the statement on stdout."""
    found = chosen(args)
    document = compose(
        found.declaration, args.lang, preview=args.preview, changed=found.changed, version=found.version
    )
    if args.format == "pdf":
        from hjemmel.declaration.render.pdf import pdf  # noqa: PLC0415 - what sets it is large

        args.out.file(pdf(document), {"lang": args.lang, "format": "pdf"})
    else:
        text = html.page(document, "statement") if args.format == "html" else markdown(document)
        args.out.result({"lang": args.lang, "format": args.format, "text": text}, [text.rstrip("\n")])
    return DONE
