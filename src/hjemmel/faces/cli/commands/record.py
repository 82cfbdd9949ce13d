"""hjemmel record: the record of processing activities (GDPR art. 30), printed from the declaration."""

import argparse
import json

from hjemmel.declaration.render import html, languages
from hjemmel.declaration.render.jsonld import jsonld
from hjemmel.declaration.render.record import document, record
from hjemmel.faces.cli.declared import add_source, chosen
from hjemmel.faces.cli.frame import DONE

name = "record"
summary = "Skriv ut protokollen over behandlingsaktiviteter (artikkel 30) fra erklæringen."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take language, form and where the declaration is."""
    parser.add_argument("--lang", choices=languages(), default="nb", help="språk (nb); jsonld har alle")
    parser.add_argument("--format", choices=["html", "xlsx", "jsonld"], default="html", help="form (html)")
    parser.add_argument("--preview", action="store_true", help="ta med det som er planlagt")
    add_source(parser)
    parser.set_defaults(role=None)


def run(args: argparse.Namespace) -> int:
    """Print the record on stdout."""
    found = chosen(args)
    when = {"preview": args.preview, "changed": found.changed, "version": found.version}
    if args.format == "jsonld":
        thing = jsonld(found.declaration, **when)
        args.out.result(thing, [json.dumps(thing, ensure_ascii=False, indent=2)])
        return DONE
    made = record(found.declaration, args.lang, **when)
    if args.format == "xlsx":
        from hjemmel.declaration.render.xlsx import xlsx  # noqa: PLC0415 - what writes it is large

        args.out.file(xlsx(made), {"lang": args.lang, "format": "xlsx"})
    else:
        text = html.page(document(made), "record")
        args.out.result({"lang": args.lang, "format": "html", "text": text}, [text.rstrip("\n")])
    return DONE
