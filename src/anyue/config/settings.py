"""Django's settings. Every line that an operator may change reads an environment variable (docs/operating)."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from .environment import data_folder, flag, oidc, origins, retired, secret, words

HERE = Path(__file__).resolve().parents[1]
DATA = data_folder()

DEBUG = flag("ANYUE_DEBUG")
KEYS_FOLDER = DATA / "keys"
SECRET_KEY = secret(DATA, "secret")
SECRET_KEY_FALLBACKS = retired(DATA, "secret")
# Signs the checkpoints of the audit chain; read again where it is used (platform.audit.keys).
secret(DATA, "audit")
CHECKPOINTS_FOLDER = DATA / "checkpoints"
ALLOWED_HOSTS = words("ANYUE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("ANYUE_ORIGINS")
# The address that links in messages carry, e.g. https://anyue.example.gov.cn
PUBLIC_ADDRESS = words("ANYUE_ADDRESS", "http://127.0.0.1:8000")[0].rstrip("/")
HTTPS = flag("ANYUE_HTTPS", PUBLIC_ADDRESS.startswith("https://"))

INSTALLED_APPS = [
    "anyue.config.apps.ConfigConfig",
    "anyue.surfaces.console",
    "anyue.surfaces.metrics",
    "anyue.modules.desk",
    "anyue.modules.campaigns",
    "anyue.modules.notices",
    "anyue.modules.accounts",
    "anyue.modules.orgs",
    "anyue.platform.backups",
    "anyue.platform.messaging",
    "anyue.platform.jobs",
    "anyue.platform.files",
    "anyue.platform.rest",
    "anyue.platform.audit",
    "anyue.platform.authz",
    "anyue.platform.pages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "anyue.surfaces.metrics.middleware.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anyue.platform.pages.middleware.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "anyue.platform.pages.middleware.HealthMiddleware",
    "anyue.platform.pages.middleware.PrivateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "anyue.modules.accounts.middleware.ActorMiddleware",
    "anyue.platform.pages.middleware.SentTextMiddleware",
    "anyue.platform.pages.middleware.LanguageMiddleware",
    "anyue.modules.accounts.gates.IdleMiddleware",
    "anyue.modules.accounts.gates.DueMiddleware",
    "anyue.platform.pages.middleware.DraftMiddleware",
    "anyue.platform.pages.middleware.RefusalMiddleware",
    "anyue.platform.rest.middleware.RestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "anyue.config.urls"
WSGI_APPLICATION = "anyue.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "anyue.platform.pages.context.page",
                "anyue.surfaces.console.context.shell",
            ],
            "builtins": [
                "anyue.platform.pages.templatetags.parts",
                "anyue.platform.pages.templatetags.forms",
                "anyue.platform.pages.templatetags.lists",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.config(
        "DATABASE_URL", default=f"sqlite:///{DATA / 'anyue.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock when it begins and waits for the one before it, instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False  # a service is its own transaction

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": words("ANYUE_CACHE")}
    if words("ANYUE_CACHE")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db" if words("ANYUE_CACHE") else "django.contrib.sessions.backends.db"
)

FILES_FOLDER = DATA / "files"
# Uploads arrive beside the holding folder, not in the system's: what a killed process leaves here is found and wiped.
FILE_UPLOAD_TEMP_DIR = DATA / "arriving"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
# One file that a person uploads; a .zip of replies may be larger.
UPLOAD_LIMIT = 50 << 20
UPLOAD_LIMIT_ARCHIVE = 500 << 20
# Of one picture. A telephone's full resolution is some 50 million; more is memory that an upload could use up.
UPLOAD_LIMIT_PIXELS = 80_000_000
# A web server in front that has FILES_FOLDER under this address of its own sends the bytes itself (X-Accel-Redirect).
FILES_ACCEL = next(iter(words("ANYUE_FILES_ACCEL")), "")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "slow"]}}
# Days that results of jobs are kept; those that failed four times as long.
JOBS_KEPT = 14

# --- messages --------------------------------------------------------------------------------------------------------

# Hosts that messages may go to by https; a gateway of the office's own network may be reached without it.
OUTGOING_HOSTS = ["qyapi.weixin.qq.com", "oapi.dingtalk.com", *words("ANYUE_OUTGOING_HOSTS")]
OUTGOING_PLAIN_HOSTS = words("ANYUE_OUTGOING_PLAIN_HOSTS")
OUTGOING_TIMEOUT = 15
# Seconds after a message in which what follows to the same address is gathered into one.
MESSAGES_GATHER = 600
EMAIL_HOST = os.environ.get("ANYUE_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("ANYUE_SMTP_PORT", "465"))
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_HOST_USER = os.environ.get("ANYUE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ANYUE_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("ANYUE_SMTP_FROM", EMAIL_HOST_USER or "anyue@localhost")
SMS = {
    "URL": os.environ.get("ANYUE_SMS_URL", ""),
    "METHOD": os.environ.get("ANYUE_SMS_METHOD", "POST"),
    "HEADERS": os.environ.get("ANYUE_SMS_HEADERS", "{}"),
    "BODY": os.environ.get("ANYUE_SMS_BODY", '{"mobile": "{phone}", "content": "{text}"}'),
    "OK": os.environ.get("ANYUE_SMS_OK", ""),
}

# --- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "anyue.modules.accounts.validators.UnlikeThePerson",
        "OPTIONS": {"user_attributes": ("username", "name", "initials", "phone", "office_phone", "email")},
    },
    {"NAME": "anyue.modules.accounts.validators.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "anyue.modules.accounts.validators.NotCommon"},
    {"NAME": "anyue.modules.accounts.validators.NotFiguresAlone"},
    {"NAME": "anyue.modules.accounts.validators.KindsOfCharacters"},
    {"NAME": "anyue.modules.accounts.validators.NotOneOfTheLast"},
]
PASSWORDS_REMEMBERED = 5
# A password older than this must be changed at the next sign-in; 0: never.
PASSWORD_DAYS = int(os.environ.get("ANYUE_PASSWORD_DAYS", "90" if HTTPS else "0"))
# So many failed sign-ins under one name or from one address (an office shares one) within so many seconds, and sign-in is
# refused for as long.
SIGN_IN_FAILURES_NAME = int(os.environ.get("ANYUE_SIGN_IN_FAILURES", "5"))
SIGN_IN_FAILURES_ADDRESS = int(os.environ.get("ANYUE_SIGN_IN_FAILURES_ADDRESS", "50"))
SIGN_IN_LOCKED_SECONDS = int(os.environ.get("ANYUE_SIGN_IN_LOCKED_SECONDS", "900"))
# The three roles of the installation need a second factor: as soon as the office serves https, which passkeys need anyhow.
MFA_REQUIRED = flag("ANYUE_MFA_REQUIRED", HTTPS)
# An API token is valid for at most so many days.
TOKEN_DAYS = int(os.environ.get("ANYUE_TOKEN_DAYS", "366"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "anyue.modules.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "anyue.modules.accounts.adapters.SocialAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Our own middleware notes activity at most once a minute; allauth would write with every request.
USERSESSIONS_TRACK_ACTIVITY = False
# Failures are counted in the database instead (accounts.lockout): over restarts and over processes.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "300/m/ip"}
# Behind a proxy of ours the address is the last one it names; without one nobody can claim to be elsewhere.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ANYUE_PROXIES", "1")) if flag("ANYUE_BEHIND_PROXY") else 0
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_USER_DISPLAY = "anyue.modules.accounts.adapters.display"
# Single sign-on (OpenID Connect): on when all three are set. See modules/accounts/adapters.py for who is let in.
OIDC_USERNAME = os.environ.get("ANYUE_OIDC_USERNAME", "preferred_username")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": oidc(
            issuer=os.environ.get("ANYUE_OIDC_ISSUER", ""),
            client=os.environ.get("ANYUE_OIDC_CLIENT", ""),
            secret=os.environ.get("ANYUE_OIDC_SECRET", ""),
            name=os.environ.get("ANYUE_OIDC_NAME", "统一身份认证"),
        ),
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "anyue.modules.accounts.passkeys.AddPasskeyForm"}
MFA_TOTP_ISSUER = "安月 Anyue"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Signed out after so many seconds without a request; 等保三级 asks for it.
IDLE_LOGOUT = 30 * 60

# --- programs ----------------------------------------------------------------------------------------------------------

API_PATHS = ("/api/",)
# Requests a minute, of one person with all her tokens, and of one address without any.
API_RATE = int(os.environ.get("ANYUE_API_RATE", "6000"))
API_RATE_STRANGERS = int(os.environ.get("ANYUE_API_RATE_STRANGERS", "300"))

# --- what the browser is told -------------------------------------------------------------------------------------------

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("ANYUE_BEHIND_PROXY") else None
USE_X_FORWARDED_HOST = flag("ANYUE_BEHIND_PROXY")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "anyue_session", "anyue_csrf", "anyue_language"
CSRF_FAILURE_VIEW = "anyue.surfaces.console.views.forged"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        # Charts set sizes on the elements that they draw.
        "style-src-attr": ["'unsafe-inline'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        # Signing in by single sign-on is a form of ours that goes on to the provider.
        "form-action": ["'self'", *origins(os.environ.get("ANYUE_OIDC_ISSUER", ""), *words("ANYUE_OIDC_ORIGINS"))],
        "frame-ancestors": ["'none'"],
    }
}

# --- language, time, static files ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
# A checkout has it beside src; a wheel carries it inside.
FRONTEND = next(
    (folder for folder in (HERE.parents[1] / "frontend", HERE / "frontend") if folder.is_dir()), HERE / "frontend"
)
STATICFILES_DIRS = [FRONTEND / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_FOLDER}},
    "staticfiles": {"BACKEND": "anyue.platform.pages.storage.StaticStorage"},
}
if bucket := words("ANYUE_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket[0],
            "querystring_auth": True,
            "endpoint_url": os.environ.get("AWS_S3_ENDPOINT_URL") or None,
            "region_name": os.environ.get("AWS_S3_REGION_NAME") or None,
            # A store of one's own (MinIO, Ceph) rarely has a name for each bucket; a provider's may ask for "virtual".
            "addressing_style": os.environ.get("AWS_S3_ADDRESSING_STYLE") or "auto",
        },
    }

# --- figures for monitoring (surfaces/metrics) ---------------------------------------------------------------------------

METRICS_ASKED = flag("ANYUE_METRICS")
METRICS_TOKEN = os.environ.get("ANYUE_METRICS_TOKEN", "").strip()

# --- logging -------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"anyue": {"level": "INFO"}},
}
