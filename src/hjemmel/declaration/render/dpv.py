"""Words of the language in the W3C Data Privacy Vocabulary: the context of the JSON-LD, and the terms."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hjemmel.declaration.own import contents

VERSION = "https://w3id.org/dpv/2.3"
_LINKS = (
    "hasActivityStatus",
    "hasAssessment",
    "hasDataController",
    "hasDataProcessor",
    "hasDataSource",
    "hasDataSubject",
    "hasDuration",
    "hasEntity",
    "hasJointDataControllers",
    "hasJustification",
    "hasLegalBasis",
    "hasLegalMeasure",
    "hasPersonalData",
    "hasProcess",
    "hasProcessing",
    "hasPurpose",
    "hasRecipient",
    "hasStorageCondition",
    "hasTechnicalOrganisationalMeasure",
    "hasThirdCountry",
)
_NAMES = ("hasAddress", "hasContact", "hasIdentifier", "hasName")
CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "pd": "https://w3id.org/dpv/pd#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "label": {"@id": "skos:prefLabel", "@container": "@language"},
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "date": {"@id": "dct:date", "@type": "xsd:date"},
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
    "valid": {"@id": "dct:valid", "@type": "xsd:date"},
    "period": {"@id": "rdf:value", "@type": "xsd:duration"},
    "identifier": "dct:identifier",
    "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
    "references": {"@id": "dct:references", "@type": "@id"},
    "creator": {"@id": "dct:creator", "@container": "@language"},
    **{name: {"@id": f"dpv:{name}", "@type": "@id"} for name in _LINKS},
    **{name: f"dpv:{name}" for name in _NAMES},
}


def legal_basis(article: str) -> str:
    """Return the term for an article such as `6.1.b`."""
    return f"eu-gdpr:A{article.replace('.', '-')}"


def types(kind: str, name: str) -> list[str]:
    """Return the types of a datum, subject or source: the general one, and the nearest where there is one."""
    general = {"data": "dpv:PersonalData", "subjects": "dpv:DataSubject", "sources": "dpv:DataSource"}[kind]
    nearest = terms()[kind].get(name)
    return [general, nearest] if nearest else [general]


@cache
def terms() -> Mapping[str, Any]:
    """Return the terms by kind and word."""
    return contents("texts/dpv.yaml")
