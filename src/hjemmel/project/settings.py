"""Django's settings, derived from one `Config`. What an organisation decides is declaration or data,
not here.
"""

from pathlib import Path

from hjemmel.project import databases, mail, secrets
from hjemmel.project.config import from_environment

CONFIG = from_environment()
SOURCE = Path(__file__).resolve().parents[1]

# -- The installation --
HJEMMEL_HOME = CONFIG.home
HJEMMEL_BASE_URL = CONFIG.base_url  # for links in letters
HJEMMEL_TODAY = CONFIG.today  # heeded by kernel.clock only where the installation row says demo or test
HJEMMEL_ROOT = secrets.root(CONFIG)  # the root key: how it is had, and the keys, the file or the command
HJEMMEL_RING = CONFIG.home / "secrets" / "vault.json"  # the vault's keys, wrapped by it
HJEMMEL_BACKUPS = CONFIG.backups  # where backups and the journal of erasures lie; None: in the home
HJEMMEL_JOURNAL_KEY = bytes.fromhex(
    secrets.read(CONFIG.home, "journal_key")
)  # digests and chains of the journal
HJEMMEL_LOG_KEY = bytes.fromhex(secrets.read(CONFIG.home, "log_key"))  # signs the log; 32 bytes
SECRET_KEY = secrets.read(CONFIG.home, "django_key")
DEBUG = CONFIG.debug
ALLOWED_HOSTS = list(CONFIG.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in CONFIG.hosts] if CONFIG.tls else []


# -- Apps, low to high --
def _existing(*names: str) -> list[str]:
    """Return the apps among `names` that are there: floors are built side by side."""
    return [n for n in names if (SOURCE.joinpath(*n.split(".")[1:]) / "apps.py").is_file()]


OWN_APPS = _existing(
    "hjemmel.kernel.clock",
    "hjemmel.kernel.vault",
    "hjemmel.kernel.catalog",
    "hjemmel.kernel.subjects",
    "hjemmel.kernel.journal",
    "hjemmel.kernel.audit",
    "hjemmel.kernel.units",
    "hjemmel.kernel.grounds",
    "hjemmel.kernel.consent",
    "hjemmel.kernel.access",
    "hjemmel.kernel.holds",
    "hjemmel.kernel.retention",
    "hjemmel.kernel.erasure",
    "hjemmel.kernel.disclosure",
    "hjemmel.kernel.statement",
    "hjemmel.kernel.verify",
    "hjemmel.domain.people",
    "hjemmel.domain.members",
    "hjemmel.domain.offices",
    "hjemmel.domain.imports",
    "hjemmel.faces.look",
    "hjemmel.faces.office",
    "hjemmel.faces.mypage",
    "hjemmel.faces.public",
)
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
]

# -- Database: the role of this process, never a superuser --
DATABASES = {"default": databases.settings(CONFIG, own_backend="hjemmel.kernel.access" in OWN_APPS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Requests --
ROOT_URLCONF = "hjemmel.project.urls"
WSGI_APPLICATION = "hjemmel.project.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hjemmel.project.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hjemmel.faces.look.language.ChosenLanguage",
    "hjemmel.project.closed.ClosedWhileRestoring",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if (SOURCE / "kernel/access/middleware.py").is_file():
    MIDDLEWARE.append("hjemmel.kernel.access.middleware.ActingMiddleware")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "faces" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# -- Log-in and sessions --
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["hjemmel.kernel.access.login.Login"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "allauth.account.adapter.DefaultAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = ACCOUNT_USER_MODEL_EMAIL_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {"login": "hjemmel.faces.look.login.LoginForm"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if CONFIG.tls else "http"
SESSION_ENGINE = "hjemmel.kernel.access.sessions"
SESSION_COOKIE_NAME = "hjemmel_session"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- Cookies and headers --
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIG.tls
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = CONFIG.tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.tls else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if CONFIG.tls else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- Language and time --
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = USE_TZ = True

# -- Files, mail, cache, jobs --
STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing is collected: whitenoise serves what the apps hold
STATICFILES_DIRS = [SOURCE / "faces" / "static"] if (SOURCE / "faces" / "static").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600
EMAIL_BACKEND, EMAIL_FILE_PATH = mail.backend(CONFIG)
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL, EMAIL_USE_TLS = mail.server(
    CONFIG
)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG.sender
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# -- The log of the program: what happened, never to whom --
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "hjemmel.project.logs.WithoutValues",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
