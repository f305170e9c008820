import { Component, type ReactNode } from 'react';
import { ScreenBroken } from './screen-broken.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

/**
 * Without it React removes the whole screen when a component throws. React reports the error
 * (`onCaughtError`); only classes can be boundaries.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <ScreenBroken /> : this.props.children;
  }
}
