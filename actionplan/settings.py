"""Settings, all of them, from the environment. `.env.example` lists every variable."""

import gc
import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.utils.translation import gettext_lazy as _

from actionplan import env

# While the apps are loaded there is no garbage, and looking for it takes a seventh of a start;
# `admin_config`, which is loaded last, lets it be looked for again.
gc.disable()

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.boolean(os.environ, "DEBUG", default=False)
SECRET_KEY = env.secret(
    os.environ, "SECRET_KEY", debug=DEBUG, file=BASE_DIR / "var" / "secret-key"
)
# What these have signed goes on: questionnaires that were sent, links in mails, codes of apps.
SECRET_KEY_FALLBACKS = env.former_secrets(os.environ, "SECRET_KEY_FALLBACKS", debug=DEBUG)
# The machine itself always gets an answer: its health check asks there.
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [*env.words(os.environ, "ALLOWED_HOSTS", default=""), *LOCAL_HOSTS]
CSRF_TRUSTED_ORIGINS = env.words(os.environ, "CSRF_TRUSTED_ORIGINS", default="")
SITE_NAME = os.environ.get("SITE_NAME") or "Kravkedjan"
DATABASES = {
    "default": env.database(
        os.environ,
        "DATABASE_URL",
        default=f"sqlite:///{BASE_DIR}/var/kravkedjan.sqlite3",
        password=os.environ.get("DATABASE_PASSWORD", ""),
        # Requests are bound by wsgi.py; manage.py lets commands take the time they need.
        seconds=env.integer(os.environ, "STATEMENT_SECONDS", default=0, least=0, most=3600),
    )
}

# Where links in mails lead, since nobody's request tells; reminders ask for it.
SITE_ADDRESS = env.site(os.environ, "SITE_ADDRESS", debug=DEBUG)
# MAILERS, or EMAIL_BACKEND and its like where Django has no mailers yet.
globals().update(env.mail(os.environ, "EMAIL_URL", debug=DEBUG).settings)
DEFAULT_FROM_EMAIL = env.mailbox(
    os.environ,
    "DEFAULT_FROM_EMAIL",
    default=f"noreply@{urlsplit(SITE_ADDRESS).hostname or 'localhost'}",
)

# The region's own log-in beside ours, where its settings say so.
SOCIALACCOUNT_PROVIDERS = env.region_log_in(
    os.environ,
    "OIDC_SERVER",
    client_id=os.environ.get("OIDC_CLIENT_ID", ""),
    secret=os.environ.get("OIDC_SECRET", ""),
    title=os.environ.get("OIDC_NAME", ""),
    debug=DEBUG,
)
# Whether that one asks for two factors itself; else we ask for the second.
OIDC_TWO_FACTORS = env.boolean(os.environ, "OIDC_TWO_FACTORS", default=False)

INSTALLED_APPS = [
    "actionplan",
    "risks",
    "requirements_pkg",
    "followup",
    # The demo with its command, on a developer's machine; the image has no such folder.
    *(["examples"] if DEBUG and find_spec("examples") else []),
    # The log-in: passwords, second factors, who is in where, and another site's log-in instead.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    # Without tables; what it loads takes time at every start.
    *(["allauth.socialaccount.providers.openid_connect"] if SOCIALACCOUNT_PROVIDERS else []),
    "import_export",
    # Django's admin, with pages of ours.
    "actionplan.admin_config.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "actionplan.middleware.content_security_policy",
    "actionplan.middleware.permissions_policy",
    "actionplan.middleware.preferred_language",
    "actionplan.middleware.refusals_as_pages",
    "actionplan.middleware.bounded_request",
    "actionplan.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "actionplan.accounts.entering.second_factor.SecondFactor",
    "actionplan.middleware.bounded_form",
    "actionplan.middleware.UnseenSignsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "actionplan.middleware.signed_in_log",
    "actionplan.middleware.HeavyWork",
    "actionplan.middleware.UnavailableMiddleware",
    "actionplan.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "actionplan.urls"
WSGI_APPLICATION = "actionplan.wsgi.application"
AUTH_USER_MODEL = "actionplan.User"
AUTHENTICATION_BACKENDS = ["actionplan.accounts.log_in.NameOrAddressBackend"]
LOGIN_URL = "account_login"
# Where a log-in leads that was asked to lead nowhere, or out of the site.
LOGIN_REDIRECT_URL = "admin:index"
# What of django-allauth is shown is in `actionplan/accounts/urls.py`; nobody signs up.
ACCOUNT_ADAPTER = "actionplan.accounts.entering.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "actionplan.accounts.log_in.LogInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SIGNUP_ENABLED = False
# The page of the log-in says who is logged in, and lets somebody else in.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = True
# So long after a log-in one publishes, approves and gives rights without a new proof.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * env.integer(
    os.environ, "CONFIRM_MINUTES", default=15, least=1, most=720
)
# Of failed log-ins the key is a person, or a person in a browser where they have been before.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,8/5m/key",
    "reauthenticate": "10/m/user",
}
SOCIALACCOUNT_ADAPTER = "actionplan.accounts.entering.openid_connect.OpenIDConnectAdapter"
# A link, not a form: the policy lets no form lead to another site. The state is checked anyway.
SOCIALACCOUNT_LOGIN_ON_GET = True
# An account that nobody has logged in to for so long ends (`manage.py end_unused_accounts`).
UNUSED_DAYS = env.integer(os.environ, "UNUSED_DAYS", default=365, least=30, most=3650)
# A requirement that nobody has looked over for so many months asks for it.
LOOK_OVER_MONTHS = env.integer(os.environ, "LOOK_OVER_MONTHS", default=18, least=1, most=120)
# So many months it is kept who sent feedback without a log-in (`manage.py tidy`).
SENDER_MONTHS = env.integer(os.environ, "SENDER_MONTHS", default=12, least=1, most=60)
# How many proxies stand before the server and say in X-Forwarded-For whom they were asked by.
TRUSTED_PROXIES = env.integer(os.environ, "TRUSTED_PROXIES", default=0, least=0, most=9)
MANY = 1_000_000
# How often in a minute each who asks (behind the log-in a person, else an address) is answered
# by a server, and so many at once; 0 is without a bound.
MOST_A_MINUTE = {
    "searches": env.integer(os.environ, "SEARCHES_A_MINUTE", default=300, least=0, most=MANY),
    "files": env.integer(os.environ, "FILES_A_MINUTE", default=60, least=0, most=MANY),
    "forms": env.integer(os.environ, "FORMS_A_MINUTE", default=120, least=0, most=MANY),
    "voices": env.integer(os.environ, "VOICES_A_MINUTE", default=6, least=0, most=MANY),
    "passwords": env.integer(os.environ, "PASSWORDS_A_MINUTE", default=20, least=0, most=MANY),
}
# Whether whoever may publish, approve, see what is confidential or give rights needs two factors.
MFA_REQUIRED = env.boolean(os.environ, "MFA_REQUIRED", default=not DEBUG)
MFA_ADAPTER = "actionplan.accounts.entering.factors.FactorAdapter"
MFA_FORMS = {
    "authenticate": "actionplan.accounts.entering.factors.CodeForm",
    "reauthenticate": "actionplan.accounts.entering.factors.CodeAgainForm",
    "add_webauthn": "actionplan.accounts.entering.factors.PasskeyForm",
    "login_webauthn": "actionplan.accounts.entering.factors.PasskeyEntranceForm",
    "authenticate_webauthn": "actionplan.accounts.entering.factors.PasskeyStepForm",
    "reauthenticate_webauthn": "actionplan.accounts.entering.factors.PasskeyAgainForm",
    "activate_totp": "actionplan.accounts.entering.factors.AppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = SITE_NAME
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# Addresses are given by administrators, and links to passwords are mailed to them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# So long a mailed link lets somebody choose a password; a weekend fits in.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
# Nineteen migrations of the log-in's library in one, which run while there are few tables.
MIGRATION_MODULES = {
    name: f"actionplan.migrations.libraries.{name}"
    for name in ("account", "mfa", "socialaccount", "usersessions")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "actionplan.backoffice.form_renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "actionplan.public.views.site",
            ],
            "builtins": ["actionplan.templatetags.numbers"],
        },
    },
]

STOCK_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{STOCK_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{STOCK_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "actionplan.accounts.password_rules.LongestPassword"},
    {"NAME": f"{STOCK_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{STOCK_VALIDATORS}.NumericPasswordValidator"},
    {"NAME": "actionplan.accounts.password_rules.ContextWords"},
]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# The sheets of Django's admin are found here once more, so that those of their names in `static/`
# can import them into a cascade layer below our own.
STOCK_ADMIN = Path(django.__file__).parent / "contrib" / "admin" / "static" / "admin"
STATICFILES_DIRS = [BASE_DIR / "static", ("stock", STOCK_ADMIN)]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# In development files are found where they are, without collecting them first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A plan is at most 20 MB; a larger request is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
# A form without a log-in: a selection with every place filled in is half of it.
MOST_FORM_BYTES = 4 * 1024 * 1024
# What the largest forms send: the answers of a follow-up of 300 requirements, a selection of as
# many with all that is filled in, the questions of an import of 2,000 goals. More is told so.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SECURE_CSP = {
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "img-src": ["'self'", "data:"],
}
# What a page of ours never asks a browser for; a script that got in could not either.
PERMISSIONS_POLICY = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "screen-wake-lock", "usb"),
)
SECURITY_CONTACT = env.contact(os.environ, "SECURITY_CONTACT")
HTTPS = env.boolean(os.environ, "HTTPS", default=False)
# Only behind a proxy that ends TLS and sets this header itself; a visitor could send it too.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CSRF_FAILURE_VIEW = "actionplan.kept_forms.pages.refused"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# A browser takes a cookie so called by HTTPS only, and lets no other host of the domain set it.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
# The pages carry the token; no script reads the cookie.
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# They bind other sites of the operator's domain, so only the operator can choose them.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.boolean(os.environ, "HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.preload(
    os.environ, "HSTS_PRELOAD", subdomains=SECURE_HSTS_INCLUDE_SUBDOMAINS
)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Since it was last used.
SESSION_COOKIE_AGE = 8 * 60 * 60
# Since the log-in, however much it is used.
SESSION_LONGEST_AGE = 12 * 60 * 60
SESSION_ENGINE = "actionplan.accounts.sessions"

# Whoever reaches a list may not export or import by that alone (import-export's own default).
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
IMPORT_EXPORT_TMP_STORAGE_CLASS = "actionplan.excel.upload_storage.UploadStorage"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond it Django throws a third away, forms among them that somebody is to get back; its
        # own bound is 300.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# What one process remembers of finished pages, files and answers: see
# `requirements_pkg/published/page_cache.py`.
REMEMBERED_BYTES = 1_000_000 * env.integer(
    os.environ, "REMEMBERED_MB", default=64, least=1, most=16_000
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(request_name)s%(message)s"}
    },
    "filters": {
        "secrets": {"()": "actionplan.public.secrets_in_log.SecretAddresses"},
        "requests": {"()": "actionplan.django_edges.answered.RequestOfLine"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets", "requests"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
