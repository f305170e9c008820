import { describe, expect, it } from 'vitest';
import { drawingQuality } from '../../../../renderer/preview-frame/view/drawing-quality.ts';

describe('the quality of a preview', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)',
  ])('leaves the processor time for the window if it draws: %s', (graphicsName) => {
    expect(drawingQuality(graphicsName)).toMatchObject({ antialias: false, maxPixelRatio: 1, isPaced: true });
  });

  it.each([
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)',
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
    '',
  ])('is full with a graphics card: %s', (graphicsName) => {
    expect(drawingQuality(graphicsName)).toMatchObject({ antialias: true, maxPixelRatio: 2, isPaced: false });
  });

  it('captures smooth pictures without a graphics card, by drawing them larger', () => {
    expect(drawingQuality('llvmpipe').captureScale).toBe(2);
    expect(drawingQuality('').captureScale).toBe(1);
  });
});
