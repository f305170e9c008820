export const frameTexts = {
  canvas: 'Preview of the avatar. Use the arrow keys to turn it, plus and minus to zoom.',
} as const;
