import type { DemoCustomerSlug } from './accounts.ts';

/** One upload; uploads with the same `avatar` are its versions 1, 2, 3. */
interface DemoUpload {
  readonly avatar: string;
  readonly bundle: string;
  /** The name of the designer's file. */
  readonly fileName: string;
  readonly tags?: readonly string[];
  readonly description?: string;
}

export interface DemoProject {
  readonly customer: DemoCustomerSlug;
  readonly name: string;
  /** In order; the last one is activated. */
  readonly uploads: readonly DemoUpload[];
}

export const DEMO_PROJECTS: readonly DemoProject[] = [
  {
    customer: 'aurora',
    name: 'Concierge desk',
    uploads: [
      {
        avatar: 'Robin',
        bundle: 'minimal.gab',
        fileName: 'robin-sketch.gab',
        tags: ['casual', '2d'],
        description: 'First sketch, one face only.',
      },
      {
        avatar: 'Robin',
        bundle: 'portrait-2d.gab',
        fileName: 'robin.gab',
        description: 'Seven mouth shapes and a blink.',
      },
      {
        avatar: 'Mara',
        bundle: 'mage-vrm.gab',
        fileName: 'mara.gab',
        tags: ['formal', 'evening'],
        description: 'VRM rig, no clips yet.',
      },
      { avatar: 'Mara', bundle: 'kaykit-mage.gab', fileName: 'mara.gab', description: 'Full set of 76 clips.' },
    ],
  },
  {
    customer: 'aurora',
    name: 'Lobby kiosk',
    uploads: [
      { avatar: 'Mage', bundle: 'mage-vrm.gab', fileName: 'mage.gab', tags: ['fantasy'] },
      {
        avatar: 'Robot Expressive',
        bundle: 'robot-expressive.gab',
        fileName: 'robot-expressive.gab',
        tags: ['casual', 'playful'],
      },
    ],
  },
  {
    customer: 'borealis',
    name: 'Reception',
    uploads: [
      { avatar: 'Minimal', bundle: 'minimal.gab', fileName: 'minimal.gab', tags: ['draft'] },
      { avatar: 'Robin', bundle: 'portrait-2d.gab', fileName: 'robin.gab', tags: ['formal', '2d'] },
    ],
  },
  {
    customer: 'borealis',
    name: 'Tour guide',
    uploads: [
      {
        avatar: 'Nordlys',
        bundle: 'robot-expressive.gab',
        fileName: 'nordlys.gab',
        tags: ['casual'],
        description: 'Prototype with three moods.',
      },
      {
        avatar: 'Nordlys',
        bundle: 'kaykit-mage.gab',
        fileName: 'nordlys.gab',
        description: 'Replaced by the stylised guide.',
      },
    ],
  },
];
