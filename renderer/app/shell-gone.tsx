/** The process behind the window has ended. What is on screen is old from now on, so it is covered. */
export function ShellGone() {
  return (
    <div role="alert" className="fixed inset-0 z-50 grid place-items-center bg-window p-6">
      <div className="flex max-w-sm flex-col gap-2 text-center">
        <h1 className="text-xl font-semibold">Gabinet has ended</h1>
        <p className="text-ink-soft">
          The application behind this window is not running any more. Nothing is lost: uploads that were under way go on
          when it starts again.
        </p>
        <p className="text-ink-soft">
          Start it again and open the address that it shows. If it was only busy, this window comes back by itself.
        </p>
      </div>
    </div>
  );
}
