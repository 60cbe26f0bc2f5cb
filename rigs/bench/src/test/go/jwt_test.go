// What golang-jwt takes for what JwtVerifier.java measures of libraries in Java: from a token's text
// to the groups of a user, with signature, issuer and times checked.
package jwt_test

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"sort"
	"testing"
	"time"

	"github.com/golang-jwt/jwt"
)

const issuer = "https://issuer.example.com"

type claims struct {
	Upn    string   `json:"upn"`
	Groups []string `json:"groups"`
	jwt.StandardClaims
}

func tokens(b *testing.B, method jwt.SigningMethod, key interface{}) []string {
	now := time.Now()
	var all []string
	for i := 100; i < 300; i++ {
		user := fmt.Sprintf("user-%d", i)
		signed, err := jwt.NewWithClaims(method, claims{user + "@example.com", []string{"user", "admin"},
			jwt.StandardClaims{
				Id: "AAAAAAAAAAAAAAAAAAAAAA", Issuer: issuer, Subject: user,
				IssuedAt: now.Unix(), ExpiresAt: now.Add(time.Hour).Unix(),
			}}).SignedString(key)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, signed)
	}
	return all
}

func verify(b *testing.B, method jwt.SigningMethod, signing, verifying interface{}) {
	all := tokens(b, method, signing)
	parser := &jwt.Parser{ValidMethods: []string{method.Alg()}}
	key := func(*jwt.Token) (interface{}, error) { return verifying, nil }
	var nanos []float64
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		start := time.Now()
		var found claims
		_, err := parser.ParseWithClaims(all[i%len(all)], &found, key)
		if err != nil || found.Issuer != issuer || len(found.Groups) != 2 {
			b.Fatal(err)
		}
		nanos = append(nanos, float64(time.Since(start)))
	}
	sort.Float64s(nanos)
	b.ReportMetric(nanos[len(nanos)/2], "median-ns")
}

func BenchmarkHS256(b *testing.B) {
	secret := make([]byte, 32)
	rand.Read(secret)
	verify(b, jwt.SigningMethodHS256, secret, secret)
}

func BenchmarkRS256(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	verify(b, jwt.SigningMethodRS256, key, &key.PublicKey)
}
