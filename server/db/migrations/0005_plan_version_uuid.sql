-- The plan of an open upload names the stored versions that pieces come from.
UPDATE "upload_sessions" SET "plan" = replace("plan"::text, '"avatarUuid":', '"versionUuid":')::jsonb;
