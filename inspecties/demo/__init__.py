"""The demo municipalities Markerwaard and Houtribdijk."""
