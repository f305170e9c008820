import { DoubleSide, ShaderMaterial, type Texture } from 'three';

const vertexShader = /* glsl */ `
varying vec2 place;
void main() {
  place = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

/**
 * Colors are weighted by their alpha, so that there is no dark seam between transparent and opaque
 * parts.
 */
const fragmentShader = /* glsl */ `
uniform sampler2D under;
uniform sampler2D over;
uniform float share;
varying vec2 place;
vec4 weighed(sampler2D picture) {
  vec4 color = texture2D(picture, place);
  return vec4(color.rgb * color.a, color.a);
}
void main() {
  vec4 mixed = mix(weighed(under), weighed(over), share);
  gl_FragColor = vec4(mixed.a > 0.0 ? mixed.rgb / mixed.a : vec3(0.0), mixed.a);
  #include <colorspace_fragment>
}`;

/** A picture that fades into another one. */
export class PortraitMaterial {
  readonly material: ShaderMaterial;

  constructor(picture: Texture) {
    this.material = new ShaderMaterial({
      vertexShader,
      fragmentShader,
      uniforms: { under: { value: picture }, over: { value: picture }, share: { value: 0 } },
      transparent: true,
      side: DoubleSide,
    });
  }

  /** `share` of `over`, 0 to 1; the rest is `under`. */
  mix(under: Texture, over: Texture, share: number): void {
    const { uniforms } = this.material;
    const values: Readonly<Record<string, unknown>> = { under, over, share };
    for (const [name, value] of Object.entries(values)) {
      const uniform = uniforms[name];
      if (uniform) uniform.value = value;
    }
  }
}
