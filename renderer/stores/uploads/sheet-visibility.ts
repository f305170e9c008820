import { z } from 'zod';
import { create } from 'zustand';
import { inThisWindow } from '../settings/browser-storage.ts';

const KEY = 'hiddenSheets';

interface HiddenSheets {
  readonly projectUuids: readonly string[];
  /** The last one that was hidden in this run of the window. */
  readonly hiddenNow: string | null;
}

/** The projects whose upload sheets were put aside; their files stay. Survives a reload. */
export const useHiddenSheets = create<HiddenSheets>(() => ({
  projectUuids: inThisWindow.readValue(KEY, z.array(z.string())) ?? [],
  hiddenNow: null,
}));

export function setSheetHidden(projectUuid: string, isHidden: boolean): void {
  const others = useHiddenSheets.getState().projectUuids.filter((uuid) => uuid !== projectUuid);
  const projectUuids = isHidden ? [...others, projectUuid] : others;
  useHiddenSheets.setState({ projectUuids, hiddenNow: isHidden ? projectUuid : null });
  inThisWindow.writeValue(KEY, projectUuids);
}
