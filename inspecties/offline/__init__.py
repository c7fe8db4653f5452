"""The field app's server side: shell, service worker, pack, sync and uploads."""
