-- Written often and worthless after a crash: not worth a write-ahead log record each.
ALTER TABLE "upload_receipts" SET UNLOGGED;--> statement-breakpoint
ALTER TABLE "rate_limits" SET UNLOGGED;
