"""The template database, each worker's test database starts as a copy of it. Steps: migrate (anew), reference (its rows)."""

import os
import sys
from pathlib import Path

import django
import psycopg
from django.core.management import call_command

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
TEMPLATE = "smartcity_template"
steps = sys.argv[1:]

if "migrate" in steps:
    with psycopg.connect(os.environ["DATABASE_URL"].replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        server.execute(f"CREATE DATABASE {TEMPLATE}")

os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("/postgres?", f"/{TEMPLATE}?")
os.environ["DJANGO_SETTINGS_MODULE"] = "smartcity.settings"
django.setup()
if "migrate" in steps:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
if "reference" in steps:
    call_command("load_reference", verbosity=0)
