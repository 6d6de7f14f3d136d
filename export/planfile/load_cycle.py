"""Documents, council and team, steps and events of a plan file."""

from collections.abc import Mapping
from typing import Any

from bimtek.models import AgendaItem, BodyMember, CycleDocument, CycleEvent, CycleStep, DocumentSigner
from masterplan.models import Masterplan
from smartcity.regency.models import Opd

type Values = dict[str, Any]


def load_cycle(plan: Masterplan, tables: dict[str, list[Values]], offices: Mapping[str, Opd]) -> None:
    documents = _documents(plan, tables["documents"])
    BodyMember.objects.bulk_create(
        BodyMember(
            plan=plan,
            position=place,
            **row | {"opd": offices.get(row["opd"]), "appointed_by": documents.get(row["appointed_by"])},
        )
        for place, row in enumerate(tables["members"], start=1)
    )
    CycleStep.objects.bulk_create(
        CycleStep(
            plan=plan, position=place, stage_id=step.get("stage"), **{k: v for k, v in step.items() if k != "stage"}
        )
        for place, step in enumerate(tables["steps"], start=1)
    )
    for place, row in enumerate(tables["events"], start=1):
        event = CycleEvent.objects.create(plan=plan, position=place, stage_id=row["stage"], **_without(row, "agenda"))
        AgendaItem.objects.bulk_create(AgendaItem(event=event, **item) for item in row["agenda"])


def _documents(plan: Masterplan, rows: list[Values]) -> dict[str, CycleDocument]:
    """By number; members name the document that appointed them so."""
    found: dict[str, CycleDocument] = {}
    for place, row in enumerate(rows, start=1):
        made = CycleDocument.objects.create(
            plan=plan, position=place, stage_id=row["stage"], **_without(row, "signers")
        )
        DocumentSigner.objects.bulk_create(DocumentSigner(document=made, **signer) for signer in row["signers"])
        if made.number:
            found.setdefault(made.number, made)
    return found


def _without(row: Values, name: str) -> Values:
    return {key: value for key, value in row.items() if key not in {name, "stage"}}
