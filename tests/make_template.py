"""Migrates the template database and loads the reference data; each worker's test database starts as a copy of it."""

import os
import sys
from pathlib import Path

import django
import psycopg
from django.core.management import call_command

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
TEMPLATE = "smartcity_template"

with psycopg.connect(os.environ["DATABASE_URL"].replace("postgres://", "postgresql://"), autocommit=True) as connection:
    connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
    connection.execute(f"CREATE DATABASE {TEMPLATE}")

os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("/postgres?", f"/{TEMPLATE}?")
os.environ["DJANGO_SETTINGS_MODULE"] = "smartcity.settings"
django.setup()
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("load_reference", verbosity=0)
