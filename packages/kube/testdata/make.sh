#!/bin/sh
# Makes the certificates of the tests anew, valid from 2020 to 2120, one of them to 2022: sh make.sh (needs openssl).
# They vouch for nothing but loopback servers of the tests; the keys are public on purpose.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index.txt"
cat > "$work/ca.conf" <<CONF
[ca]
default_ca = tests
[tests]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = anything
unique_subject = no
[anything]
organizationName = optional
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[server]
subjectAltName = DNS:localhost,IP:127.0.0.1
[named]
subjectAltName = DNS:api.internal.test
[client]
extendedKeyUsage = clientAuth
CONF
end=21200101000000Z
request() { # file, subject
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" -keyout "$1.key.pem" -out "$work/$1.csr"
}
sign() { # file, more options
  file=$1
  shift
  openssl ca -batch -notext -config "$work/ca.conf" -startdate 20200101000000Z -enddate "$end" \
    -in "$work/$file.csr" -out "$file.pem" "$@"
}
authority() { # file, name
  request "$1" "/CN=$2"
  sign "$1" -selfsign -keyfile "$1.key.pem" -extensions authority
}
leaf() { # file, subject
  request "$1" "$2"
  sign "$1" -cert ca.pem -keyfile ca.key.pem -extensions "$1"
}
authority ca 'test authority'
authority other-ca 'another authority'
leaf server '/CN=loopback'
leaf named '/CN=named'
leaf client '/O=devs/CN=alice'
end=20220101000000Z
authority former-ca 'test authority'
rm ca.key.pem other-ca.key.pem former-ca.key.pem
