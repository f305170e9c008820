import { useState } from 'react';
import { classNames } from './class-names.ts';
import { firstLetter } from './first-letter.ts';

interface PictureProps {
  /** Address relative to the application; null if there is no picture. */
  readonly src: string | null;
  /** The first letter is shown if there is no picture. */
  readonly name: string;
  readonly className?: string;
}

/**
 * The picture of an avatar. Decorative for screen readers, because the name is always next to it. A
 * picture that can't be read is replaced by the first letter, never by a broken image.
 */
export function Picture({ src, name, className }: PictureProps) {
  const [brokenSrc, setBrokenSrc] = useState<string | null>(null);
  const frame = classNames('relative overflow-hidden bg-sunken', className);
  if (src !== null && src !== brokenSrc) {
    return (
      <div className={frame}>
        <img
          src={src}
          alt=""
          draggable={false}
          decoding="async"
          onError={() => setBrokenSrc(src)}
          className="size-full object-cover"
        />
      </div>
    );
  }
  return (
    <div className={classNames(frame, '@container grid place-items-center')} aria-hidden>
      <span className="text-[clamp(11px,28cqw,56px)] leading-none font-semibold text-ink-faint">
        {firstLetter(name) || '?'}
      </span>
    </div>
  );
}
