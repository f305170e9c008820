CREATE FUNCTION "notify_access_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gabinet_feed', 'access');
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "sessions_notify_access" AFTER UPDATE OF "revoked_at" ON "sessions" FOR EACH STATEMENT EXECUTE FUNCTION "notify_access_changed"();--> statement-breakpoint
CREATE TRIGGER "users_notify_access" AFTER UPDATE OF "is_admin", "disabled_at" OR DELETE ON "users" FOR EACH STATEMENT EXECUTE FUNCTION "notify_access_changed"();--> statement-breakpoint
CREATE TRIGGER "memberships_notify_access" AFTER INSERT OR UPDATE OR DELETE ON "memberships" FOR EACH STATEMENT EXECUTE FUNCTION "notify_access_changed"();
