"""整改: cases with their clocks, the enterprise's report on the phone, review, referrals, interviews, visits."""
