import { config } from 'zod';

// The policy of the page forbids `eval`. zod would try it when the first object schema is built,
// and the browser would report the violation. This module is imported before any schema.
config({ jitless: true });
