import { config } from 'zod';

// The page's policy forbids `eval`; zod would try it once when the first object schema is built, and be reported.
// This module is imported before any schema.
config({ jitless: true });
