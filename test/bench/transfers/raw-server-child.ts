import { closeSync, openSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { MIB } from '../../../shared/lib/sizes.ts';
import { answerCalls } from '../child-calls.ts';
import type { RawReceipt } from './contenders.ts';

// Runs in a separate process: only reads bytes from a socket and writes them to a file. It is the
// one that connects, because only then Node reads into one large buffer of ours.

const buffer = Buffer.allocUnsafeSlow(MIB);

function receive({ path, port }: RawReceipt): Promise<number> {
  const file = openSync(path, 'w');
  let receivedBytes = 0;
  return new Promise((resolve, reject) => {
    const onread = {
      buffer,
      callback: (sizeBytes: number) => {
        writeSync(file, buffer, 0, sizeBytes);
        receivedBytes += sizeBytes;
        return true;
      },
    };
    const socket = connect({ port, host: '127.0.0.1', onread });
    socket.on('end', () => {
      closeSync(file);
      resolve(receivedBytes);
    });
    socket.on('error', reject);
  });
}

answerCalls(receive);
