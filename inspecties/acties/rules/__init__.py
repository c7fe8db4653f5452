"""Rules of joint inspections: pure Python."""
