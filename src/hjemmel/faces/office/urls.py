from django.urls import path

from hjemmel.faces.office.views import (
    appointing,
    contacting,
    door,
    editing,
    erasing,
    front,
    holding,
    joining,
    leaving,
    log,
    outside,
    person,
    points,
    record,
    rejoining,
    reviews,
    sealed,
    search,
    units,
)
from hjemmel.faces.office.views.declaring import editing as editing_declaration
from hjemmel.faces.office.views.declaring import effects, files, history
from hjemmel.faces.office.views.declaring import overview as declaring
from hjemmel.faces.office.views.retention import forecast, plan, runs

UNIT = "kontoret/lag/<int:unit_id>/"
PERSON = "kontoret/person/<int:person_id>/"
MEMBERSHIP = PERSON + "medlemskap/<int:membership_id>/"
CONTACT = PERSON + "kontakt/<int:contact_id>/"

DECLARATION = "kontoret/erklaering/"
DELETING = "kontoret/sletting/"

urlpatterns = [
    path("", door.door, name="door"),
    path("kontoret/", front.front, name="office"),
    path("kontoret/sok/", search.results, name="search"),
    path("kontoret/gjennomgang/", reviews.reviews, name="reviews"),
    path("kontoret/gjennomgang/utenfor/", outside.outside, name="outside"),
    path("kontoret/gjennomgang/utenfor/<path:name>/", outside.task, name="outside_task"),
    path(DELETING, runs.runs, name="retention"),
    path(DELETING + "<int:number>/", runs.run, name="retention_run"),
    path(DELETING + "plan/", plan.plan, name="retention_plan"),
    path(DELETING + "plan/<path:rule>/", plan.reached, name="retention_persons"),
    path(DELETING + "framover/", forecast.forecast, name="retention_forecast"),
    path(DELETING + "framover/<slug:when>/", forecast.year, name="retention_year"),
    path(DELETING + "framover/<slug:when>/<path:rule>/", forecast.units, name="retention_units"),
    path("kontoret/protokoll/", record.page, name="record"),
    path("kontoret/protokoll/protokoll.jsonld", record.linked, name="record_jsonld"),
    path("kontoret/protokoll/<slug:lang>/", record.page, name="record_in"),
    path("kontoret/protokoll/<slug:lang>/protokoll.xlsx", record.workbook, name="record_xlsx"),
    path(DECLARATION, declaring.overview, name="declaring"),
    path(DECLARATION + "ny/", editing_declaration.begin, name="declaring_begin"),
    path(DECLARATION + "aktivitet/<slug:name>/ta-ut/", declaring.drop, name="declaring_drop"),
    path(DECLARATION + "organisasjon/", declaring.organisation, name="declaring_organisation"),
    path(DECLARATION + "aktivitet/<slug:name>/", declaring.activity, name="declaring_activity"),
    path(DECLARATION + "endre/<path:address>/", editing_declaration.change, name="declaring_change"),
    path(DECLARATION + "legg-til/<path:address>/", editing_declaration.enter, name="declaring_add"),
    path(DECLARATION + "filer/", files.listed, name="declaring_files"),
    path(DECLARATION + "filer/alle.zip", files.archive, name="declaring_archive"),
    path(DECLARATION + "filer/<path:file>/last-ned/", files.taken, name="declaring_take"),
    path(DECLARATION + "filer/<path:file>/", files.shown, name="declaring_file"),
    path(DECLARATION + "utgave/<int:number>/alle.zip", files.archive_of, name="declaring_version"),
    path(DECLARATION + "virkning/", effects.effects, name="declaring_effects"),
    path(DECLARATION + "virkning/regn-ut/", effects.ask, name="declaring_ask"),
    path(DECLARATION + "virkning/<int:number>/kode/", effects.confirm, name="declaring_confirm"),
    path(DECLARATION + "virkning/<int:number>/stans/", effects.stop, name="declaring_stop"),
    path(DECLARATION + "historie/", history.history, name="declaring_history"),
    path(DECLARATION + "angre/", declaring.undo, name="declaring_undo"),
    path(DECLARATION + "utkast/<slug:what>/", declaring.put, name="declaring_put"),
    path("kontoret/kontakt/ny/", contacting.enter, name="enter_contact"),
    path(UNIT, units.members, name="unit"),
    path(UNIT + "verv/", units.offices, name="unit_offices"),
    path(UNIT + "under/", units.under, name="units_under"),
    path(UNIT + "ny/", joining.join, name="join"),
    path(PERSON, person.page, name="person"),
    path(PERSON + "logg/", log.log, name="person_log"),
    path(PERSON + "endre/", editing.change, name="change_person"),
    path(PERSON + "innmelding/<int:unit_id>/", rejoining.rejoin, name="rejoin"),
    path(MEMBERSHIP + "avslutt/", leaving.end, name="end_membership"),
    path(MEMBERSHIP + "angre/", leaving.undo, name="undo_end"),
    path(PERSON + "verv/ny/", appointing.appoint, name="appoint"),
    path(PERSON + "verv/<int:tenure_id>/avslutt/", appointing.end, name="end_office"),
    path(CONTACT + "avslutt/", contacting.end, name="end_contact"),
    path(CONTACT + "vurdert/", contacting.review, name="review_contact"),
    path(PERSON + "slett/", erasing.erase, name="erase_person"),
    path(PERSON + "sikring/ny/", holding.hold, name="set_hold"),
    path(PERSON + "sikring/<int:hold_id>/opphev/", holding.release, name="release_hold"),
    path(PERSON + "nummer/<slug:slug>/", sealed.seal, name="seal"),
    path(PERSON + "nummer/<slug:slug>/vis/", sealed.show, name="open_sealed"),
    path(PERSON + "nummer/<slug:slug>/fjern/", sealed.unseal, name="unseal"),
    path(PERSON + "<slug:model>/ny/", points.add, name="add_point"),
    path(PERSON + "<slug:model>/<int:point_id>/", points.change, name="change_point"),
    path(PERSON + "<slug:model>/<int:point_id>/fjern/", points.remove, name="remove_point"),
]
