/** A box with a face in it, drawn where a list is empty. */
export function BundleOutline({ className }: { readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 120 120"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      className={className}
      aria-hidden="true"
    >
      <path d="M18 40 60 20l42 20v42L60 102 18 82Z" strokeDasharray="4 4" strokeLinejoin="round" />
      <path d="M18 40 60 60l42-20M60 60v42" strokeDasharray="4 4" strokeLinejoin="round" opacity="0.55" />
      <circle cx="60" cy="46" r="9" fill="var(--pane)" />
      <path d="M43 72c1.500-10 8-15 17-15s15.500 5 17 15" fill="var(--pane)" strokeLinecap="round" />
    </svg>
  );
}
