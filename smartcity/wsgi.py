"""The WSGI entry point that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")
application = get_wsgi_application()

# What has been loaded stays: without this every full collection walks through it, in the middle of somebody's request.
# A page of 300 rows makes some hundred thousand short-lived objects, for which the usual threshold of 2,000 is far too low.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
