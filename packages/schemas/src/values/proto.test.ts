import { expect, test } from 'vitest'
import { compileValues, patchBetween } from './compile.ts'
import { readProto } from './proto.ts'

const operator = `
syntax = 'proto3';
package istio.operator.v1alpha1;
import "google/protobuf/struct.proto";

// All of them.
message Values {
  // The first
  // line of two.
  //
  // $hide_from_docs
  google.protobuf.BoolValue enabled = 1 [deprecated = true]; // not of this one
  string with_line = 2;

  // Of a map.
  map<string, uint32> ports = 3;
  google.protobuf.Struct gateways = 4;
  Inner inner = 5 [json_name = "in-ner"];
  oneof either {
    // Left.
    Mode left = 6;
    repeated istio.mesh.v1alpha1.Network right = 7;
  }
  enum Mode {
    reserved 2;
    // Nothing.
    OFF = 0;
    ON = 1;
  }
}
message Inner { google.protobuf.Duration wait = 1; }
message Unused { string a = 1; }
`
const mesh = `
package istio.mesh.v1alpha1;
message Network { message End { string from_cidr = 1; google.protobuf.Duration wait = 2; } repeated End end_points = 1; }
`

test('messages become types, as far as Values needs them', () => {
  const chart = { _internal_defaults_do_not_set: { autoscaleMin: 1, hub: 'x', global: { tag: 'y', logAsJson: false } } }
  const { types, enums, defaults } = compileValues([readProto(operator), readProto(mesh)], chart)
  expect(types).toEqual({
    Values: {
      enabled: ['bool', 'The first\nline of two.', 1],
      with_line: ['string', ''],
      ports: ['int{}', 'Of a map.'],
      'in-ner': ['Inner', ''],
      left: ['Values.Mode', 'Left.'],
      right: ['mesh.Network[]', ''],
    },
    Inner: { wait: ['goDuration', ''] },
    'mesh.Network': { endPoints: ['mesh.Network.End[]', ''] },
    'mesh.Network.End': { fromCidr: ['string', ''], wait: ['duration', ''] },
  })
  expect(enums['Values.Mode']).toEqual({ OFF: 'Nothing.', ON: '' })
  expect(defaults).toEqual({ global: { logAsJson: false }, pilot: { autoscaleMin: 1 } })
})

test('what is not understood stops the writing', () => {
  expect(() => readProto('message A { string a 1; }')).toThrow('belongs')
  expect(() => compileValues([readProto('package istio.operator.v1; message Values { Missing a = 1; }')], {})).toThrow(
    'Missing',
  )
})

test('a difference says what is gone, new or other', () => {
  expect(patchBetween({ a: 1, b: { c: 1, d: [1] }, e: 1 }, { a: 1, b: { c: 2, d: [1] }, f: {} })).toEqual({
    b: { c: 2 },
    e: null,
    f: {},
  })
})
