"""YooKassa, CDEK and Twilio on this machine: the real protocols, nothing real behind them."""
