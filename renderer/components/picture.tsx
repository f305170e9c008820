import { useState } from 'react';
import { classNames } from './class-names.ts';
import { firstLetter } from './first-letter.ts';

interface PictureProps {
  /** Relative address in the application; null where there is no picture. */
  readonly src: string | null;
  /** Whose picture; its first letter stands in where there is none. */
  readonly name: string;
  readonly className?: string;
}

/**
 * The picture of an avatar. Decorative for screen readers: the name always stands beside it. A picture that cannot be read
 * becomes the letter, never a broken image.
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
