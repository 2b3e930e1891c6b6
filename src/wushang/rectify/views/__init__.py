"""Pages of 整改: the enterprise on its telephone, the reviewer, referrals, corrections, the township's visits."""
