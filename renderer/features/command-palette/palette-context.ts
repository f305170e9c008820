import type { AvatarEntry, ProjectView } from '../../../shared/contract/library.ts';
import type { CustomerView } from '../../../shared/contract/projects.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import type { KeyBindings } from '../../stores/settings/shortcut-rules.ts';
import type { Theme } from '../../stores/settings/theme-store.ts';
import type { Selection } from '../../stores/view/selection.ts';
import type { CardLayout } from '../../stores/view/view-store.ts';

/** What decides which entries can apply, and how they are named. */
export interface PaletteContext {
  readonly user: SignedInUser;
  readonly customers: readonly CustomerView[];
  readonly projects: readonly ProjectView[];
  /** The project whose page is open. */
  readonly openProject: ProjectView | null;
  /** What the details pane shows. */
  readonly selection: Selection | null;
  /** Every avatar of these projects. */
  readonly avatars: readonly AvatarEntry[];
  readonly bindings: KeyBindings;
  /** Whether the user may change something in the open project. */
  readonly mayChange: boolean;
  readonly isOnline: boolean;
  readonly canCompare: { readonly active: boolean; readonly previous: boolean };
  readonly hasDraft: boolean;
  readonly canUndo: boolean;
  readonly canPause: boolean;
  readonly canResume: boolean;
  readonly theme: Theme;
  readonly layout: CardLayout;
}
