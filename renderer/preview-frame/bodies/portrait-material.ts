import { DoubleSide, ShaderMaterial, type Texture } from 'three';

const vertexShader = /* glsl */ `
varying vec2 place;
void main() {
  place = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const fragmentShader = /* glsl */ `
uniform sampler2D picture;
varying vec2 place;
void main() {
  gl_FragColor = texture2D(picture, place);
  #include <colorspace_fragment>
}`;

/** A picture that can be replaced by another one. */
export class PortraitMaterial {
  readonly material: ShaderMaterial;
  readonly #picture: { value: Texture };

  constructor(picture: Texture) {
    this.#picture = { value: picture };
    this.material = new ShaderMaterial({
      vertexShader,
      fragmentShader,
      uniforms: { picture: this.#picture },
      transparent: true,
      side: DoubleSide,
    });
  }

  show(picture: Texture): void {
    this.#picture.value = picture;
  }
}
