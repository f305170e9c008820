/** The body as JSON, or undefined if it isn't JSON. Network errors while reading are thrown. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
