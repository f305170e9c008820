import { create } from 'zustand';

/** Read aloud by screen readers. The count makes a repeated sentence a new announcement. */
export const useAnnouncement = create<{ readonly text: string; readonly count: number }>(() => ({
  text: '',
  count: 0,
}));

export function announce(text: string): void {
  useAnnouncement.setState((state) => ({ text, count: state.count + 1 }));
}
