"""What everything else speaks of: frozen records, CSL's variables and dates."""
