"""Twilio's Messages: sent, listed, delivered with signed callbacks; an inbox to look into."""
