"""Reads the citations, feeds, calendars, taxonomy and linked data of a built site with the readers of others.

    python3 tests/site/read_back.py /tmp/site/public

Its last line says how many files were read; what is wrong is told line by line, and then it ends with 1.
"""

import json
import re
import sys
from pathlib import Path

import bibtexparser
import feedparser
import icalendar
import rdflib
import rispy
from bibtexparser.bparser import BibTexParser
from rdflib.compare import isomorphic

FAULTS = []
READ = 0


def check(truth, path, message):
    if not truth:
        FAULTS.append(f"{path}: {message}")


def files(site, name):
    global READ
    found = sorted(site.rglob(name))
    READ += len(found)
    return found


def citations(site):
    """The three forms of a citation tell of the same works."""
    for path in files(site, "index.bib"):
        parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
        bib = bibtexparser.loads(path.read_text("utf-8"), parser).entries
        ris = rispy.loads((path.parent / "index.ris").read_bytes().decode("utf-8"))
        csl = json.loads((path.parent / "index.csl.json").read_text("utf-8"))
        check(bib, path, "no entry")
        ids = [entry["ID"] for entry in bib]
        check(len(set(ids)) == len(ids), path, "an id twice")
        check(ids == [entry["id"] for entry in ris], path, "other works as RIS")
        check(ids == [item["id"] for item in csl], path, "other works as CSL-JSON")
        for as_bib, as_ris, as_csl in zip(bib, ris, csl):
            check(as_bib["url"] == as_csl["URL"] == as_ris["urls"][0], path, "the addresses differ")
            check(as_ris["title"] == as_csl["title"], path, "the titles differ")
            parts = as_csl.get("issued", {"date-parts": [[]]})["date-parts"][0]
            check(as_bib.get("year", "") == "".join(str(part) for part in parts[:1]), path, "the years differ")
            authors = [author["literal"] for author in as_csl.get("author", [])]
            check(as_ris.get("authors", []) == authors, path, "the authors differ")
    for name in ["index.ris", "index.csl.json"]:
        for path in files(site, name):
            check((path.parent / "index.bib").is_file(), path, "no BibTeX beside it")


def feeds(site):
    """Both forms of a feed have the same entries."""
    for path in files(site / "feeds", "*.xml"):
        feed = feedparser.parse(path.read_bytes())
        check(not feed.bozo, path, f"not well-formed: {feed.get('bozo_exception')}")
        check(feed.version == "atom10", path, f"read as {feed.version}")
        check(feed.entries, path, "no entry")
        as_json = json.loads(path.with_suffix(".json").read_text("utf-8"))
        check(as_json["version"] == "https://jsonfeed.org/version/1.1", path, "another version of JSON Feed")
        check([e.link for e in feed.entries] == [i["url"] for i in as_json["items"]], path, "other entries as JSON")
        check([e.title for e in feed.entries] == [i["title"] for i in as_json["items"]], path, "other titles as JSON")
        days = [item["date_published"] for item in as_json["items"]]
        check(days == sorted(days, reverse=True), path, "not the newest first")
    for path in files(site / "feeds", "*.json"):
        check(path.with_suffix(".xml").is_file(), path, "no Atom beside it")


def calendars(site):
    for path in files(site, "index.ics"):
        raw = path.read_bytes()
        check(all(len(line) <= 75 for line in raw.split(b"\r\n")), path, "a line of more than 75 octets")
        check(b"\n" not in raw.replace(b"\r\n", b""), path, "a line without CR")
        calendar = icalendar.Calendar.from_ical(raw)
        events = calendar.walk("VEVENT")
        check(events, path, "no event")
        check(len({str(event["UID"]) for event in events}) == len(events), path, "a UID twice")
        for event in events:
            check(not event.errors, path, f"{event.errors}")
            begin, end = event.decoded("DTSTART"), event.decoded("DTEND", None)
            check(end is None or end > begin, path, f"{event['UID']} ends before it begins")


def taxonomies(site):
    skos = rdflib.SKOS
    for path in files(site, "index.ttl"):
        turtle = rdflib.Graph().parse(path, format="turtle")
        json_ld = rdflib.Graph().parse(path.with_suffix(".jsonld"), format="json-ld")
        check(isomorphic(turtle, json_ld), path, "not the graph of the JSON-LD")
        (scheme,) = turtle.subjects(rdflib.RDF.type, skos.ConceptScheme)
        concepts = set(turtle.subjects(rdflib.RDF.type, skos.Concept))
        check(concepts and set(turtle.objects(scheme, skos.hasTopConcept)) == concepts, path, "other top concepts")
        for concept in concepts:
            check(len(list(turtle.objects(concept, skos.prefLabel))) == 1, path, f"labels of {concept}")
            page = re.sub(r"^https?://[^/]+", "", str(concept)).strip("/")
            check((site / page / "index.html").is_file(), path, f"no page {concept}")
    files(site, "index.jsonld")


def linked_data(site):
    """What pages tell of themselves expands to properties and types that schema.org has."""
    global READ
    block = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    schema, known = "https://schema.org/", rdflib.SDO
    for path in site.rglob("*.html"):
        for text in block.findall(path.read_text("utf-8")):
            READ += 1
            data = json.loads(text)
            check(data.get("@context") == schema.rstrip("/"), path, f"context {data.get('@context')}")
            # Nothing is fetched: every name is one of schema.org's.
            graph = rdflib.Graph().parse(data=json.dumps({**data, "@context": {"@vocab": schema}}), format="json-ld")
            check(len(graph) > 0, path, "no statement")
            for _, predicate, value in graph:
                name = value if predicate == rdflib.RDF.type else predicate
                check(name.startswith(schema) and name.removeprefix(schema) in known, path, f"{name} is unknown")


def main():
    site = Path(sys.argv[1])
    for part in [citations, feeds, calendars, taxonomies, linked_data]:
        before = READ
        part(site)
        check(READ > before, site, f"no {part.__name__}")
    print("\n".join(FAULTS))
    print(f"{READ} files read, {len(FAULTS)} faults")
    sys.exit(1 if FAULTS or not READ else 0)


main()
