import { type Command, Option } from 'commander';
import { type CustomerRole, customerRoles } from '../../shared/domain/access-policy.ts';
import {
  customerNameSchema,
  customerSlugSchema,
  emailSchema,
  personNameSchema,
} from '../../shared/domain/account-fields.ts';
import type { Database } from '../db/database.ts';
import type { ServiceResult } from '../failures/service-failure.ts';
import { createCustomer } from '../features/accounts/customers.ts';
import {
  disableAccount,
  enableAccount,
  removeSecondFactor,
  signOutAccount,
} from '../features/accounts/people/account-actions.ts';
import {
  actOnAccount,
  createAdmin,
  createMember,
  setPasswordOf,
} from '../features/accounts/people/operator-actions.ts';
import { type CommandSurroundings, mustSucceed, optionValue } from './command-context.ts';
import { choosePassword } from './passwords.ts';

interface PersonOptions {
  readonly email: string;
  readonly name?: string;
}

const emailOf = ({ email }: PersonOptions) => optionValue(emailSchema, 'email', email);

/** Commands that create something. */
export function addCreateCommands(program: Command, surroundings: CommandSurroundings): void {
  const { withDatabase, withFirstDatabase, writeOut } = surroundings;
  program
    .command('create-admin')
    .description('Create an administrator. The password is read from the standard input, or generated at a terminal')
    .requiredOption('--email <email>', 'e-mail address to sign in with')
    .option('--name <name>', 'name (default: the e-mail address up to the @)')
    .action(async (options: PersonOptions) => {
      const email = emailOf(options);
      const name = optionValue(personNameSchema, 'name', options.name ?? email.replace(/@.*/, ''));
      const { password, notice } = await choosePassword(surroundings);
      await withFirstDatabase((db) => mustSucceed(createAdmin(db, { email, name, password })));
      writeOut(`Created the administrator ${email}.\n${notice}`);
    });
  program
    .command('create-customer')
    .description('Create a customer')
    .requiredOption('--name <name>', 'name')
    .option('--slug <slug>', 'short name for other commands (default: made from the name)')
    .action(async (options: { readonly name: string; readonly slug?: string }) => {
      const name = optionValue(customerNameSchema, 'name', options.name);
      const slug = options.slug === undefined ? undefined : optionValue(customerSlugSchema, 'slug', options.slug);
      const customer = await withFirstDatabase((db) => mustSucceed(createCustomer({ db }, null, { name, slug })));
      writeOut(`Created the customer ${customer.name}. Its slug is ${customer.slug}.\n`);
    });
  program
    .command('create-user')
    .description('Create a user of a customer. The password is read or generated as for create-admin')
    .requiredOption('--email <email>', 'e-mail address to sign in with')
    .requiredOption('--name <name>', 'name')
    .requiredOption('--customer <slug>', 'the slug of the customer')
    .addOption(new Option('--role <role>', 'role in the customer').choices(customerRoles).makeOptionMandatory())
    .action(async (options: Required<PersonOptions> & { readonly customer: string; readonly role: CustomerRole }) => {
      const { customer, role } = options;
      const email = emailOf(options);
      const name = optionValue(personNameSchema, 'name', options.name);
      const { password, notice } = await choosePassword(surroundings);
      await withDatabase((db) => mustSucceed(createMember(db, { email, name, password, customer, role })));
      writeOut(`Created ${email}, ${role} of ${customer}.\n${notice}`);
    });
}

/** Commands that change an account that exists. */
export function addChangeCommands(program: Command, surroundings: CommandSurroundings): void {
  program
    .command('reset-password')
    .description('Replace a password and end all sessions. The password is read or generated as for create-admin')
    .requiredOption('--email <email>', 'whose password')
    .action(async (options: PersonOptions) => {
      const email = emailOf(options);
      const { password, notice } = await choosePassword(surroundings);
      await surroundings.withDatabase((db) => mustSucceed(setPasswordOf(db, { email, password })));
      surroundings.writeOut(`Replaced the password of ${email} and ended all sessions.\n${notice}`);
    });
  const add = (name: string, description: string, action: SimpleAction) =>
    program
      .command(name)
      .description(description)
      .requiredOption('--email <email>', 'of the account')
      .action(async (options: PersonOptions) => {
        const email = emailOf(options);
        await surroundings.withDatabase((db) => mustSucceed(action.run(db, email)));
        surroundings.writeOut(`${action.done(email)}\n`);
      });
  add('disable-user', 'End all sessions of a user and refuse new ones', {
    run: (db, email) => actOnAccount(db, email, disableAccount),
    done: (email) => `Disabled ${email} and ended all sessions.`,
  });
  add('enable-user', 'Let a disabled user sign in again', {
    run: (db, email) => actOnAccount(db, email, enableAccount),
    done: (email) => `Enabled ${email}.`,
  });
  add('sign-out-everywhere', 'End all sessions of a user', {
    run: (db, email) => actOnAccount(db, email, signOutAccount),
    done: (email) => `Ended all sessions of ${email}.`,
  });
  add('remove-second-factor', 'Switch the second factor of a user off who has lost it', {
    run: (db, email) => actOnAccount(db, email, removeSecondFactor),
    done: (email) => `${email} has no second factor now.`,
  });
}

interface SimpleAction {
  readonly run: (db: Database, email: string) => ServiceResult<null>;
  readonly done: (email: string) => string;
}
