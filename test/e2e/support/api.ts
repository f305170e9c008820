import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import type { IssuedLink } from '../../../shared/api/people.ts';
import type { ProjectResponse } from '../../../shared/api/projects.ts';
import type { CustomerRole } from '../../../shared/domain/access-policy.ts';

export const DEMO_PASSWORD = 'gabinet-demo';
export const ACCOUNTS = {
  designer: 'designer@aurora.example',
  viewer: 'viewer@aurora.example',
  manager: 'manager@aurora.example',
  stranger: 'designer@borealis.example',
  admin: 'admin@gabinet.example',
} as const;

/** Nobody has been found to use it. */
const PERSON_PASSWORD = 'calm blue paper lantern';

export interface Person {
  readonly email: string;
  readonly password: string;
}

interface CustomerList {
  readonly customers: readonly { readonly uuid: string; readonly slug: string }[];
}

interface UploadOptions {
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * Calls the server directly, as a customer's script would, to prepare a test and to check its
 * result.
 */
export class ApiUser {
  readonly #url: string;
  readonly #token: string;
  readonly #createdProjects: string[] = [];

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn(url: string, email: string, password = DEMO_PASSWORD): Promise<ApiUser> {
    const response = await fetch(`${url}/api/auth/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
    const { token } = (await response.json()) as { token: string };
    return new ApiUser(url, token);
  }

  async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.#send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }

  #send(method: string, path: string, body?: unknown): Promise<Response> {
    const isForm = body instanceof FormData;
    return fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
  }

  /** How much a project may store; managers and admins only. */
  setQuota(projectUuid: string, quotaBytes: number): Promise<unknown> {
    return this.request('PUT', `/api/customer/projects/${projectUuid}/quota`, { quota_bytes: quotaBytes });
  }

  /**
   * Creates a separate project for one test, so that tests don't affect each other. Admins only.
   */
  async createProject(customerSlug: string, name = `Test ${randomUUID().slice(0, 8)}`): Promise<ProjectResponse> {
    const { customers } = await this.request<CustomerList>('GET', '/api/admin/customers');
    const customer = customers.find(({ slug }) => slug === customerSlug);
    const project = await this.request<ProjectResponse>('POST', '/api/admin/projects', {
      customer_uuid: customer?.uuid,
      name,
    });
    this.#createdProjects.push(project.uuid);
    return project;
  }

  /**
   * Deletes the projects that were created here, unless the test did, or moved them to the trash.
   */
  async deleteCreatedProjects(): Promise<void> {
    for (const uuid of this.#createdProjects.splice(0)) {
      const response = await this.#send('DELETE', `/api/admin/projects/${uuid}`);
      if (response.ok || response.status === 404 || response.status === 409) continue;
      throw new Error(`project ${uuid} stays: ${await response.text()}`);
    }
  }

  /** Adds a person to a customer, who can then sign in with the password. Admins only. */
  async addPerson(customerSlug: string, role: CustomerRole, name = 'Pat'): Promise<Person> {
    const { customers } = await this.request<CustomerList>('GET', '/api/admin/customers');
    const customer = customers.find(({ slug }) => slug === customerSlug);
    const email = `pat-${randomUUID().slice(0, 8)}@${customerSlug}.example`;
    const body = { customer_uuid: customer?.uuid, email, name, role };
    const { link } = await this.request<{ link: IssuedLink | null }>('POST', '/api/customer/people', body);
    const token = link?.url.split('/').at(-1) ?? '';
    await this.request('POST', `/api/auth/links/${token}`, { password: PERSON_PASSWORD });
    return { email, password: PERSON_PASSWORD };
  }

  /** Uploads a file under its own name, or another one, with the form's text fields. */
  async upload(projectUuid: string, path: string, options: UploadOptions = {}): Promise<AvatarUploadResponse> {
    const form = new FormData();
    for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(await readFile(path))]), options.fileName ?? basename(path));
    return this.request('POST', `/api/customer/projects/${projectUuid}/avatars`, form);
  }

  setActive(projectUuid: string, versionUuid: string | null, expectedUuid: string | null): Promise<unknown> {
    return this.request('PUT', `/api/customer/projects/${projectUuid}/active-avatar`, {
      avatar_uuid: versionUuid,
      expected_active_uuid: expectedUuid,
    });
  }

  avatars(projectUuid: string): Promise<{ avatars: AvatarUploadResponse[]; total: number }> {
    return this.request('GET', `/api/customer/projects/${projectUuid}/avatars`);
  }
}
