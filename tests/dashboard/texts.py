"""Invented outlets and headlines of the samples."""

OUTLETS = ("Suara Sagara", "Kabar Pesisir", "Lentera Timur", "Harian Muara", "Warta Kepulauan", "Nusa Harian", "Berita Dermaga")

TITLES = (
    "Puluhan siswa SD di Sagara mual usai santap makan siang sekolah",
    "37 pelajar dirawat, Dinas Kesehatan Sagara ambil sampel dapur gizi",
    "Orang tua siswa datangi dapur gizi Kecamatan Teluk Biru, minta penjelasan",
    "Bupati Sagara jenguk siswa di RSUD, dapur gizi ditutup sementara",
    "DPRD Sagara panggil pengelola dapur gizi besok pagi",
    "Kronologi dugaan keracunan makan siang di tiga sekolah Sagara",
    "Jumlah siswa sakit di Sagara bertambah jadi 52 orang",
    "RSUD Sagara tambah tempat tidur untuk pasien anak",
    "Ahli gizi: cek suhu simpan makanan sebelum dibagikan",
    "Pemkab Sagara tanggung biaya rawat siswa yang sakit",
)
