# Counts (one series a column) → one line a series × week: CPU seconds a fit of the file, alarm, bound, expected.
suppressMessages(library(surveillance))
told <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(told[1], header = FALSE))
weeks <- as.integer(told[2]):nrow(counts)
found <- NULL
began <- proc.time()
for (one in seq_len(ncol(counts))) {
  series <- sts(observed = counts[, one], start = c(2000, 1), frequency = 52)
  asked <- list(range = weeks, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, alpha = 0.01, weightsThreshold = 2.58,
                trend = TRUE, pThresholdTrend = 0.05, thresholdMethod = "nbPlugin", limit54 = c(0, 4))
  looked <- farringtonFlexible(series, asked)
  found <- rbind(found, cbind(as.numeric(alarms(looked)), as.numeric(upperbound(looked)), as.numeric(looked@control$expected)))
}
spent <- proc.time() - began
seconds <- (spent[["user.self"]] + spent[["sys.self"]]) / nrow(found)
write.table(cbind(seconds, found), told[3], sep = ",", row.names = FALSE, col.names = FALSE)
