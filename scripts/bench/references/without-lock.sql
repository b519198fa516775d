-- Takes the lock out of every pin function; what is left looks whether the target is live, and no more.
DO $$
DECLARE
  pin record;
BEGIN
  FOR pin IN
    SELECT pg_get_functiondef(p.oid) AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('users', 'agents', 'chat') AND p.proname ~ '^pin_' AND p.prosrc LIKE '%FOR KEY SHARE%'
  LOOP
    EXECUTE replace(pin.text, 'FOR KEY SHARE', '');
  END LOOP;
END $$;
