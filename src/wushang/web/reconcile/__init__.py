"""对账: ours beside the agency's monthly report and the emergency bureau's count of accidents."""
