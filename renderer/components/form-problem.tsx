/** Why a form could not be sent, if that belongs to none of its fields; nothing if there is no problem. */
export function FormProblem({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p role="alert" className="rounded-md bg-problem-soft px-3 py-2 text-problem">
      {text}
    </p>
  );
}
